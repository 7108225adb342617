import { countOf } from '#models/format-metric.ts'
import { EventFlag } from '../../charts/event-flags.tsx'
import { typeHref } from '../../evidence/rows-href.ts'
import type { HistoryEntry } from '../../evidence/type/type-history.ts'
import type { TypeView } from '../../evidence/type/type-view.ts'
import { CsvLink } from '../csv-link.tsx'
import { LevelGlyph, levelMeanings, levelWords } from '../level-glyph.tsx'
import { PageLink } from '../page-link.tsx'

/** What the rail reads of a type. */
type TypeFacts = Omit<TypeView, 'mainChart' | 'charts'>

/** Beside the charts: the level in force, what happened, who answers for what. */
export function TypeRail({ view }: { view: TypeFacts }) {
  return (
    <aside className="rail" aria-label="About this type">
      <LevelSection view={view} />
      <section>
        <h2>History</h2>
        {view.history.length === 0 ? (
          <p className="quiet">No decision and no change so far.</p>
        ) : (
          <>
            <ol className="timeline plain">
              {view.history.map((entry) => (
                <HistoryItem key={`${entry.text} ${entry.when}`} entry={entry} />
              ))}
            </ol>
            <p className="saves">
              <CsvLink
                to={`/decisions.csv?type=${encodeURIComponent(view.interactionType)}`}
                what="decisions on this type"
              />
            </p>
          </>
        )}
      </section>
      <section>
        <h2>AI versions this month</h2>
        {view.aiVersions.length === 0 ? (
          <p className="quiet">No AI contacts.</p>
        ) : (
          <dl className="facts">
            {view.aiVersions.map(({ aiVersion, contactCount }) => (
              <div key={aiVersion} className="contents">
                <dt>{aiVersion}</dt>
                <dd>{countOf(contactCount, 'contact')}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <Responsibilities view={view} />
    </aside>
  )
}

function LevelSection({ view }: { view: TypeFacts }) {
  const { level, ceiling, levelSince } = view
  return (
    <section>
      <h2>Level in force</h2>
      {level === null ? (
        <p className="soft">
          No level is set, so it counts as human-led. <PageLink to={view.reviewHref}>Sign a baseline</PageLink>
        </p>
      ) : (
        <>
          <p>
            <LevelGlyph level={level} ceiling={ceiling} />
          </p>
          <p className="soft">
            {levelMeanings[level]} {levelSince === null ? null : `In force since ${levelSince}.`}{' '}
            {ceiling === null ? null : `Ceiling: ${levelWords[ceiling].toLowerCase()}.`}
          </p>
          {level === 'human_as_the_loop' ? null : (
            <p className="gap">
              <PageLink to={`${typeHref(view.interactionType)}/stop`} className="button small danger">
                Stop: reduce now
              </PageLink>
            </p>
          )}
        </>
      )}
    </section>
  )
}

function HistoryItem({ entry }: { entry: HistoryEntry }) {
  return (
    <li>
      <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        {entry.letter === null ? (
          <circle cx="9" cy="9" r="3" className="g-dot" />
        ) : (
          <EventFlag event={{ letter: entry.letter, kind: entry.kind }} x={9} y={9} />
        )}
      </svg>
      <div>
        {entry.letter === null ? null : <span className="hidden">Flag {entry.letter}: </span>}
        {entry.href === null ? entry.text : <PageLink to={entry.href}>{entry.text}</PageLink>}
        <div className="when">{entry.when}</div>
      </div>
    </li>
  )
}

const tierWords = { low: 'Low', medium: 'Medium', high: 'High' } as const

function Responsibilities({ view }: { view: TypeFacts }) {
  const { registration } = view
  if (registration === null) {
    return (
      <section>
        <h2>Responsibilities</h2>
        <p className="soft">
          Not registered: nobody answers for it yet. <PageLink to={view.reviewHref}>Register this type</PageLink>
        </p>
      </section>
    )
  }
  return (
    <section>
      <h2>Responsibilities</h2>
      <dl className="facts">
        <dt>Area</dt>
        <dd>{registration.area}</dd>
        <dt>Risk tier</dt>
        <dd>{tierWords[registration.riskTier]}</dd>
        <dt>Owner</dt>
        <dd>{registration.ownerName}</dd>
        <dt>AI disclosure</dt>
        <dd>{registration.isDisclosureAttested ? 'Attested' : 'Not attested'}</dd>
      </dl>
      <Duties title="The AI" text={registration.aiDoes} />
      <Duties title="People" text={registration.humansDo} />
      <Duties title="Controls" text={registration.requiredControls} />
    </section>
  )
}

function Duties({ title, text }: { title: string; text: string }) {
  if (text.trim() === '') return null
  return (
    <>
      <h3>{title}</h3>
      <p className="soft">{text}</p>
    </>
  )
}
