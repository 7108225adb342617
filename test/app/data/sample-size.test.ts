import { expect, it } from 'vitest'
import { sampleSize } from '#app/data/sample-size.ts'

it('names what a value was made of', () => {
  expect(sampleSize('qa_score', 8)).toBe('8 reviews')
  expect(sampleSize('qa_oldest_open_days', 1)).toBe('1 open review')
  expect(sampleSize('csat_mean', 1200)).toBe('1,200 answers')
  expect(sampleSize('human_minutes_per_100', 1)).toBe('1 contact')
})
