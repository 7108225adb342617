import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { countOf, countWord } from '#models/format-metric.ts'
import { listTypes } from '#models/monthly/list-types.ts'
import { guarded, readers } from '../access.server.ts'
import { ButtonLink } from '../components/button.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { LevelGlyph, levelWords, meaningInSentence } from '../components/level-glyph.tsx'
import { Page } from '../components/page.tsx'
import { ScrollRegion } from '../components/scroll-region.tsx'
import { EmptyState } from '../components/state.tsx'
import { Status } from '../components/status.tsx'
import { typeHref } from '../evidence/rows-href.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { classWords, registrationHref, registryWriters, tierWords } from '../registry/registration.ts'
import { listResponsibilities, type Responsibility } from '../responsibilities.server.ts'
import { findWarehouse } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'responsibilities', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Responsibilities')

export const loader = guarded(readers, async ({ user }) => {
  const [types, warehouse] = [await listResponsibilities(), await findWarehouse()]
  const seen = warehouse === undefined ? [] : await listTypes(warehouse.db)
  const known = new Set(types.map(({ interactionType }) => interactionType))
  return {
    areas: [...new Set(types.map(({ area }) => area))].map((area) => ({
      area,
      types: types.filter((type) => type.area === area),
    })),
    total: types.length,
    notAttested: types.filter(({ isDisclosureAttested }) => !isDisclosureAttested).length,
    notStated: types.filter(({ facts }) => facts === null).length,
    unregistered: seen.filter((type) => !known.has(type)),
    mayChange: registryWriters.some((role) => user.roles.includes(role)),
  }
})

export default function Responsibilities() {
  const view = useLoaderData<typeof loader>()
  const { areas, unregistered, mayChange } = view
  return (
    <Page>
      <h1>Responsibilities</h1>
      <p className="lead">
        <strong>{countOf(view.total, 'interaction type is', 'interaction types are')} registered.</strong> For each:
        what the AI does, what people do, who answers for it, and the level it may never go beyond.{' '}
        {view.notAttested === 0
          ? ''
          : `${sentence(countWord(view.notAttested))} lack the attested disclosure to customers, so cannot expand.`}{' '}
        {view.notStated === 0 ? '' : `Of ${countOf(view.notStated, 'type')} the legal risk class is not stated.`}
      </p>
      {unregistered.length === 0 ? null : (
        <section aria-labelledby="unregistered">
          <div className="head">
            <h2 id="unregistered">Seen in the data, not registered</h2>
            <p>Counts as led by people until somebody registers it</p>
          </div>
          <ul className="rows">
            {unregistered.map((type) => (
              <li key={type} className="with-button">
                <div>
                  <h3>
                    <Link to={typeHref(type)}>{type}</Link>
                  </h3>
                  <Status kind="unregistered" />
                </div>
                {mayChange ? (
                  <ButtonLink to={registrationHref(type)} size="small" aria-label={`Register ${type}`}>
                    Register
                  </ButtonLink>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="registry">
        <div className="head">
          <h2 id="registry">Registry</h2>
          <p>
            {mayChange ? 'Every change is in the audit trail.' : 'Approvers and admins change it.'}{' '}
            <CsvLink to="/responsibilities.csv" what="registry" />
          </p>
        </div>
        {areas.length === 0 ? (
          <EmptyState title="No type is registered yet">
            <p>A type is registered in the review room, together with its signed first level, or here.</p>
          </EmptyState>
        ) : (
          <ScrollRegion label="Registry, table">
            <table className="register registry">
              <caption className="hidden">Registered types by area</caption>
              <thead>
                <tr>
                  <th scope="col">Type</th>
                  <th scope="col">Level, ceiling, risk</th>
                  <th scope="col">The AI</th>
                  <th scope="col">People</th>
                  <th scope="col">Required controls</th>
                  <th scope="col">Owner</th>
                </tr>
              </thead>
              {areas.map(({ area, types }) => (
                <tbody key={area}>
                  <tr className="group">
                    <th scope="rowgroup" colSpan={6}>
                      {area}
                    </th>
                  </tr>
                  {types.map((type) => (
                    <TypeRow key={type.interactionType} type={type} mayChange={mayChange} />
                  ))}
                </tbody>
              ))}
            </table>
          </ScrollRegion>
        )}
      </section>
    </Page>
  )
}

interface TypeRowProps {
  type: Responsibility
  mayChange: boolean
}

function TypeRow({ type, mayChange }: TypeRowProps) {
  const { interactionType, level, ceiling } = type
  return (
    <tr>
      <th scope="row">
        <Link to={typeHref(interactionType)}>{interactionType}</Link>
        {mayChange ? (
          <Link className="sub" to={registrationHref(interactionType)} aria-label={`Change ${interactionType}`}>
            Change
          </Link>
        ) : null}
      </th>
      <td data-label="Level">
        <LevelGlyph level={level} ceiling={ceiling} />
        <span className="sub">At most {levelWords[ceiling].toLowerCase()}</span>
        <span className="sub">Risk tier: {tierWords[type.riskTier].toLowerCase()}</span>
        <span className="sub">
          {type.facts === null
            ? 'Legal risk class not stated'
            : `Legal risk class: ${classWords[type.facts.riskClass].toLowerCase()}`}
        </span>
        {type.facts?.hasLegalEffect ? <span className="sub">Legal effect</span> : null}
      </td>
      <td data-label="The AI" className="soft">
        {type.aiDoes || <span className="quiet">not said</span>}
        {type.isLoweredSinceWritten && level !== null ? (
          <span className="sub">Written before the level was lowered. Now: {meaningInSentence(level)}</span>
        ) : null}
      </td>
      <td data-label="People" className="soft">
        {type.humansDo || <span className="quiet">not said</span>}
      </td>
      <td data-label="Controls" className="soft">
        {type.requiredControls || <span className="quiet">not said</span>}
        {type.facts?.moneyLimit ? <span className="sub">Up to {type.facts.moneyLimit}</span> : null}
        {type.facts?.knowledgeSources ? <div className="quiet">From: {type.facts.knowledgeSources}</div> : null}
      </td>
      <td data-label="Owner">
        {type.ownerName}
        <span className="sub">
          {type.isDisclosureAttested ? (
            <Status kind="pass" word="AI disclosed" />
          ) : (
            <Status kind="inconclusive" word="Not attested" />
          )}
        </span>
      </td>
    </tr>
  )
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
