import { describe, expect, it } from 'vitest'
import { levelDefinitions, statusDefinitions } from '#app/evidence/status-meanings.ts'

const wordsOf = (words: readonly string[]) => statusDefinitions(words).map(({ word }) => word)

describe('the words of a status', () => {
  it('are explained where they are used, each once', () => {
    expect(wordsOf(['Healthy', 'Too few reviews', 'Healthy'])).toEqual(['Healthy', 'Too few reviews'])
  })

  it('are explained whatever number of gates fails', () => {
    expect(wordsOf(['1 gate fails', '3 gates fail'])).toEqual(['A gate fails'])
  })

  it('all have a meaning, and so have the levels', () => {
    const all = ['Reviews open', 'No reviews', 'At the limit', 'No limit set', 'Over limit, unsure', 'Inconclusive']
    expect(wordsOf(all).toSorted()).toEqual(all.toSorted())
    expect(levelDefinitions.map(({ word }) => word)).toEqual(['As the loop', 'In the loop', 'On the loop'])
  })
})
