import { Link } from '@remix-run/react'
import { formatCount, formatInstant, formatShare } from '#models/format-metric.ts'
import type { QuarantinedFile, QuarantinedLoad } from '#models/loads/list-quarantine-places.ts'
import { loadHref, quarantineHref } from '../../data/load-view.ts'

/** Refused rows by file, the file with the most first; each count leads to exactly its rows. */
export function QuarantinedFiles({ files }: { files: readonly QuarantinedFile[] }) {
  return (
    <table className="register">
      <caption className="hidden">Refused rows by file</caption>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Source</th>
          <th scope="col" className="num">
            Loads
          </th>
          <th scope="col" className="num">
            Reasons
          </th>
          <th scope="col" className="num">
            Rows
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ sourceFile, source, rowCount, ruleCount, loadCount }) => (
          <tr key={`${source} ${sourceFile}`}>
            <th scope="row" className="code">
              {sourceFile}
            </th>
            <td data-label="Source">{source}</td>
            <td data-label="Loads" className="num">
              {formatCount(loadCount)}
            </td>
            <td data-label="Reasons" className="num">
              {formatCount(ruleCount)}
            </td>
            <td data-label="Rows" className="num">
              <Link to={quarantineHref({ by: 'file', file: sourceFile })}>{formatCount(rowCount)}</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Refused rows by load, newest first, beside all that it read. */
export function QuarantinedLoads({ loads, timeZone }: { loads: readonly QuarantinedLoad[]; timeZone: string }) {
  return (
    <table className="register">
      <caption className="hidden">Refused rows by load</caption>
      <thead>
        <tr>
          <th scope="col">Load</th>
          <th scope="col">Source</th>
          <th scope="col" className="num">
            Reasons
          </th>
          <th scope="col" className="num">
            Share of what it read
          </th>
          <th scope="col" className="num">
            Rows
          </th>
        </tr>
      </thead>
      <tbody>
        {loads.map(({ loadId, source, startedAt, rowCount, ruleCount, readCount }) => (
          <tr key={loadId}>
            <th scope="row">
              <Link to={loadHref(loadId)}>{formatInstant(startedAt, timeZone)}</Link>
              <span className="sub mono">{loadId}</span>
            </th>
            <td data-label="Source">{source}</td>
            <td data-label="Reasons" className="num">
              {formatCount(ruleCount)}
            </td>
            <td data-label="Share" className="num">
              {readCount === 0 ? '–' : formatShare(rowCount / readCount, 2)}
            </td>
            <td data-label="Rows" className="num">
              <Link to={quarantineHref({ by: 'load', load: loadId })}>{formatCount(rowCount)}</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
