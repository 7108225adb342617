import { z } from 'zod'
import { flag, instant, nameText, oneOf, real, text, textList } from './field.ts'

/** Grain: one customer contact. Natural key (source, interaction_id). */
export const interaction = z.object({
  source: text('System the contact comes from'),
  interaction_id: text('Identifier of the contact in that system'),
  updated_at: instant('When the source last changed the record; the later version wins').nullish(),
  is_deleted: flag('Tombstone: the source removed the contact').nullish(),
  direction: oneOf(['inbound', 'outbound'], 'Who began it; inbound when absent').nullish(),
  exclusion: oneOf(
    [
      'auto_reply',
      'spam',
      'abandoned',
      'agent_follow_up',
      'promised_callback',
      'duplicate',
      'thanks',
      'in_session_handoff',
    ],
    'Why the contact is no customer demand of its own',
  ).nullish(),
  customer_id: text('Pseudonymous customer; absent when unknown').nullish(),
  interaction_type: nameText('Kind of contact, the unit that is governed'),
  channel: oneOf(['chat', 'email', 'voice', 'messaging', 'social', 'web', 'other'], 'Where it happened'),
  started_at: instant('First message or ring'),
  ended_at: instant('Last message; taken as the start when absent').nullish(),
  handled_by: oneOf(
    ['ai', 'ai_assisted', 'human', 'system'],
    'ai: sent without approval; ai_assisted: a person approved, edited or rejected the draft',
  ),
  ai_confidence: real({ minimum: 0, maximum: 1 }, 'Confidence stated by the AI').nullish(),
  ai_confidence_band: oneOf(['low', 'medium', 'high'], 'For vendors that give only a band').nullish(),
  ai_version: text('Model, prompt or release that acted').nullish(),
  human_action: oneOf(['approved', 'edited', 'rejected'], "What a person did with the AI's draft").nullish(),
  edit_ratio: real({ minimum: 0, maximum: 1 }, 'Share of the draft that was rewritten').nullish(),
  sentiment: real({ minimum: -1, maximum: 1 }, 'Customer sentiment').nullish(),
  customer_tier: oneOf(['standard', 'vip'], 'Customer segment').nullish(),
  value_at_stake: real({ minimum: 0 }, 'Money at stake, in the reporting currency').nullish(),
  policy_exception: flag('The customer asked for an exception to policy').nullish(),
  risk_topics: textList('Topics that must reach a person (privacy, safety, ...)').nullish(),
  claimed_resolution: oneOf(
    ['confirmed', 'assumed', 'contained', 'unresolved', 'abandoned'],
    'What the source claims',
  ).nullish(),
  reopened: flag('Reopened after it was solved').nullish(),
  issue_key: text('Order, case or issue; interaction_type stands in when absent').nullish(),
  language: text('BCP 47 tag').nullish(),
  human_seconds: real({ minimum: 0 }, 'Human working time, seconds').nullish(),
  url: text('Deep link to the ticket').nullish(),
  is_test: flag('Test or preview traffic: loaded, never counted').nullish(),
  is_time_placeholder: flag('The source has no real time: left out of time metrics').nullish(),
})
