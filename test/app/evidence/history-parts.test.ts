import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listHistoryParts } from '#app/evidence/history-parts.ts'
import { typeHistories } from '#app/evidence/type-histories.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

it('loaded sampling frames reach the rules as strata of the month', async () => {
  const home = temporaryFolder()
  const [interactions, reviews] = [
    'source,interaction_id,interaction_type,channel,started_at,handled_by\n',
    'source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,stratum,sampled_at,reviewed_at,outcome\n',
  ]
  const contact = (id: string) => `desk,${id},x,chat,2026-09-05T09:00:00Z,ai\n`
  const review = (id: string, stratum: string, outcome: string) =>
    `desk,r-${id},${id},r1,human,random,${stratum},2026-09-06T09:00:00Z,2026-09-07T09:00:00Z,${outcome}\n`
  const frames =
    'source,month,interaction_type,stratum,population,drawn\ndesk,2026-09,x,flagged,10,1\ndesk,2026-09,x,unflagged,90,1\n'
  await loadFiles(
    home,
    'canonical',
    temporaryFiles({
      'interactions.csv': interactions + contact('a') + contact('b'),
      'qa_reviews.csv': reviews + review('a', 'flagged', 'fail') + review('b', 'unflagged', 'pass'),
      'sampling_frames.csv': frames,
    }),
  )
  const warehouse = await openWarehouse(String(currentSnapshot(join(home, 'warehouse'))?.file), { mode: 'read' })
  try {
    const range = { from: parseMonth('2026-08'), through: parseMonth('2026-09') }
    const parts = await listHistoryParts(warehouse.db, range, defaultPolicy)
    expect(typeHistories([], [], parts)).toMatchObject([
      {
        interactionType: 'x',
        months: [
          {
            month: '2026-09',
            strata: [
              { stratum: 'flagged', population: 10, drawn: 1, reviewed: 1, errors: 1 },
              { stratum: 'unflagged', population: 90, drawn: 1, reviewed: 1, errors: 0 },
            ],
          },
        ],
      },
    ])
  } finally {
    await warehouse.close()
  }
})

it('customer segments reach the rules where a policy declares them, and only those', async () => {
  const home = temporaryFolder()
  await loadFiles(
    home,
    'canonical',
    temporaryFiles({
      'interactions.csv':
        'source,interaction_id,interaction_type,channel,started_at,handled_by,customer_tier,sentiment\n' +
        'desk,a,x,chat,2026-09-05T09:00:00Z,ai,vip,-0.9\n',
    }),
  )
  const warehouse = await openWarehouse(String(currentSnapshot(join(home, 'warehouse'))?.file), { mode: 'read' })
  try {
    const range = { from: parseMonth('2026-08'), through: parseMonth('2026-09') }
    expect((await listHistoryParts(warehouse.db, range, defaultPolicy)).segments).toEqual([])
    const vip = { name: 'vip', ceiling: 'human_in_the_loop', blocksExpansion: true } as const
    const parts = await listHistoryParts(warehouse.db, range, defaultPolicy, { ...defaultPolicy, segments: [vip] })
    expect(typeHistories([], [], parts)).toEqual([
      {
        interactionType: 'x',
        months: [
          {
            month: '2026-09',
            points: [],
            aiVersions: [],
            segments: [{ segment: 'vip', contacts: 1, sentAlone: 1, reviewed: 0, errors: 0 }],
          },
        ],
      },
    ])
  } finally {
    await warehouse.close()
  }
})
