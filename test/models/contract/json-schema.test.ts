import { describe, expect, it } from 'vitest'
import { entityColumns } from '#models/contract/columns.ts'
import { entityNames } from '#models/contract/entities.ts'
import { entityJsonSchema } from '#models/contract/json-schema.ts'

describe('the JSON Schema for suppliers', () => {
  it('describes every column of every entity and names the required ones', () => {
    for (const name of entityNames) {
      const schema = entityJsonSchema(name)
      const columns = entityColumns(name)
      expect(Object.keys(schema.properties ?? {})).toEqual(columns.map((column) => column.name))
      expect(schema.required).toEqual(columns.filter((column) => column.isRequired).map((column) => column.name))
      for (const column of columns)
        expect(JSON.stringify(schema.properties?.[column.name])).toContain(column.description.replaceAll('"', '\\"'))
    }
  })

  it('writes instants as date-time text and enumerations with their values', () => {
    const { properties } = entityJsonSchema('interactions')
    expect(JSON.stringify(properties?.started_at)).toContain('date-time')
    expect(JSON.stringify(properties?.handled_by)).toContain('"ai_assisted"')
    expect(JSON.stringify(properties?.ai_confidence)).toContain('"maximum":1')
  })
})
