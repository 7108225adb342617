import { countOf, formatShare } from '#models/format-metric.ts'
import type { ReviewHabits } from '../../review-habits.server.ts'
import { CsvLink } from '../csv-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { Status } from '../status.tsx'

/** Whether people still look before they sign: how often they disagree, and how long they take. */
export function ReviewHabitsTable({ habits }: { habits: ReviewHabits }) {
  const rows = [{ id: 'room', name: 'The room', sign: habits.room }, ...habits.people]
  return (
    <section aria-labelledby="habits">
      <div className="head">
        <h2 id="habits">How carefully we look</h2>
        <p>
          {countOf(habits.room.voteCount, 'vote')} in the last half year.{' '}
          <CsvLink to="/reviews/habits.csv" what="voting habits" />
        </p>
      </div>
      <ScrollRegion label="Votes against the recommendation and time to the vote, table">
        <table className="register">
          <caption className="hidden">Votes against the recommendation and time to the vote</caption>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Votes</th>
              <th scope="col">Against the recommendation</th>
              <th scope="col">Median time to the vote</th>
              <th scope="col">Sign</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, sign }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td data-label="Votes">{sign.voteCount}</td>
                <td data-label="Against the recommendation">
                  {sign.againstShare === null ? '–' : `${sign.againstCount} (${formatShare(sign.againstShare)})`}
                </td>
                <td data-label="Median time to the vote">
                  {sign.medianSeconds === null ? 'Not timed' : timeWords(sign.medianSeconds)}
                </td>
                <td data-label="Sign">
                  {sign.signs.length === 0 ? (
                    <Status kind="none" word={sign.voteCount === 0 ? 'No votes' : 'None'} />
                  ) : (
                    <>
                      <Status kind="inconclusive" word="Automation bias?" /> {sign.signs.join(' ')}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="quiet">
        From 20 votes on, a sign is shown when under 2{'\u202f'}% of votes go against the recommendation or half of them
        take under a minute from opening the type. It asks whether people still look; it says nothing of how good they
        are.
      </p>
    </section>
  )
}

function timeWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = seconds / 60
  return minutes < 90 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`
}
