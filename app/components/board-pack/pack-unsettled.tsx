import { formatDay } from '#models/format-metric.ts'
import type { BoardPackDecisions } from '../../board-pack/board-pack-view.ts'
import { BreakingName } from '../breaking-name.tsx'
import { LevelGlyph } from '../level-glyph.tsx'
import { ScrollRegion } from '../scroll-region.tsx'

interface PackUnsettledProps {
  decisions: BoardPackDecisions
  timeZone: string
}

/** What the register of decisions still owes when the pack is made: stops on one signature, and decisions that lapsed. */
export function PackUnsettled({ decisions: { pendingStops, lapsed }, timeZone }: PackUnsettledProps) {
  return (
    <>
      {pendingStops.length === 0 ? null : (
        <>
          <h3>Stops without a second approver: {pendingStops.length}</h3>
          <ScrollRegion label="Stops without a second approver, table">
            <table className="pack-table">
              <caption className="hidden">Stops that took effect on one signature</caption>
              <thead>
                <tr>
                  <th scope="col">Type</th>
                  <th scope="col">Stopped by</th>
                  <th scope="col">Reason</th>
                  <th scope="col">Second look due</th>
                </tr>
              </thead>
              <tbody>
                {pendingStops.map((stop) => (
                  <tr key={stop.id}>
                    <th scope="row">
                      <BreakingName name={stop.interactionType} />
                    </th>
                    <td>
                      {stop.signer.name}, {stop.signer.role}
                      <span className="sub">{formatDay(stop.decidedAt, timeZone)}</span>
                    </td>
                    <td>{stop.reason}</td>
                    <td className="nowrap">
                      {stop.approvalDueAt === null ? '–' : formatDay(stop.approvalDueAt, timeZone)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
      {lapsed.length === 0 ? null : (
        <>
          <h3>Expired and not renewed: {lapsed.length}</h3>
          <ScrollRegion label="Expired and not renewed, table">
            <table className="pack-table">
              <caption className="hidden">Decisions past their validity</caption>
              <thead>
                <tr>
                  <th scope="col">Type</th>
                  <th scope="col">Level</th>
                  <th scope="col">Decided</th>
                  <th scope="col">Valid until</th>
                </tr>
              </thead>
              <tbody>
                {lapsed.map((decision) => (
                  <tr key={decision.id}>
                    <th scope="row">
                      <BreakingName name={decision.interactionType} />
                    </th>
                    <td>
                      <LevelGlyph level={decision.toLevel} ceiling={decision.ceiling} />
                    </td>
                    <td className="nowrap">{formatDay(decision.decidedAt, timeZone)}</td>
                    <td className="nowrap">{formatDay(decision.validUntil, timeZone)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
    </>
  )
}
