import { expect, it } from 'vitest'
import { buildModels } from '#models/build-models.ts'
import { listCsatChannels } from '#models/daily/list-csat-channels.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { factsIn } from '../warehouse-of.ts'

it('adds up the answers of AI-participated contacts by channel and scale, and leaves out channels without one', async () => {
  const started_at = new Date('2026-03-10T09:00:00Z')
  const contact = (
    interaction_id: string,
    channel: 'chat' | 'email' | 'voice',
    handled_by: 'ai' | 'ai_assisted' | 'human',
  ) => ({
    interaction_id,
    channel,
    handled_by,
    started_at,
    interaction_type: 'refund',
  })
  const answer = (interaction_id: string, score: number | null) => ({
    interaction_id,
    response_id: interaction_id,
    offered_at: started_at,
    responded_at: score === null ? null : started_at,
    scale: 'five_point' as const,
    score,
  })
  const warehouse = await factsIn({
    interactions: [
      contact('1', 'chat', 'ai'),
      contact('2', 'chat', 'ai_assisted'),
      contact('3', 'chat', 'human'),
      contact('4', 'email', 'ai'),
      contact('5', 'voice', 'ai'),
    ],
    csat_responses: [answer('1', 5), answer('2', 2), answer('3', 1), answer('4', 4), answer('5', null)],
  })
  await buildModels(warehouse, { reportingTimeZone: 'UTC', now: new Date('2026-04-01T00:00:00Z') })
  const range = { from: parseMonth('2026-03'), through: parseMonth('2026-03') }
  const of = { month: '2026-03', interactionType: 'refund', scale: 'five_point' }
  expect(await listCsatChannels(warehouse.db, range)).toEqual([
    { ...of, channel: 'chat', answered: 2, satisfied: 1 },
    { ...of, channel: 'email', answered: 1, satisfied: 1 },
  ])
  expect(await listCsatChannels(warehouse.db, { from: parseMonth('2026-04'), through: parseMonth('2026-05') })).toEqual(
    [],
  )
})
