import { countOf } from '#models/format-metric.ts'
import type { AutonomyLadder as AutonomyLadderView } from '../../evidence/overview/autonomy-ladder.ts'
import { LevelGlyph, levelMeanings, levelWords } from '../level-glyph.tsx'
import { PageLink } from '../page-link.tsx'
import { Status } from '../status.tsx'

const shown = 6

/** Types by the level in force, the freest on top, and who moved which of them since the year began. */
export function AutonomyLadder({ ladder }: { ladder: AutonomyLadderView }) {
  const { rungs, unset, moves, year } = ladder
  return (
    <div className="two">
      <dl className="ladder">
        {rungs.map(({ level, types }) => (
          <div key={level}>
            <dt>
              <LevelGlyph level={level} /> <span className="quiet">{types.length}</span>
              <p className="quiet">{levelMeanings[level]}</p>
            </dt>
            <dd>
              <Names types={types} />
            </dd>
          </div>
        ))}
        {unset.length === 0 ? null : (
          <div>
            <dt>Level not set</dt>
            <dd>
              <Names types={unset} />
            </dd>
          </div>
        )}
      </dl>
      <div>
        <h3>Moves since January {year}</h3>
        {moves.length === 0 ? (
          <p className="quiet">No level changed since January {year}.</p>
        ) : (
          <ol className="rows plain">
            {moves.slice(0, shown).map(({ id, interactionType, direction, toLevel, when, href }) => (
              <li key={id} className="move-line">
                <Status
                  kind={direction}
                  word={`${direction === 'expand' ? 'Up' : 'Down'} to ${levelWords[toLevel].toLowerCase()}`}
                />
                <PageLink to={href}>{interactionType}</PageLink>
                <span className="quiet">{when}</span>
              </li>
            ))}
          </ol>
        )}
        {moves.length <= shown ? null : (
          <p className="gap">
            <PageLink to="/decisions">All {countOf(moves.length, 'move')} in the decisions</PageLink>
          </p>
        )}
      </div>
    </div>
  )
}

function Names({ types }: { types: AutonomyLadderView['unset'] }) {
  if (types.length === 0) return <span className="quiet">no type</span>
  return (
    <ul className="names">
      {types.map(({ interactionType, href }) => (
        <li key={interactionType}>
          <PageLink to={href}>{interactionType}</PageLink>
        </li>
      ))}
    </ul>
  )
}
