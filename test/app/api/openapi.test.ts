import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from '#app/api/openapi.ts'
import { operations } from '#app/api/operations.ts'

const document = JSON.parse(JSON.stringify(openApiDocument(operations, '0.1.0')))

describe('the OpenAPI description', () => {
  it('is valid OpenAPI 3.1, and every reference leads somewhere', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    for (const [, pointer = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer.split('/').reduce((at, part) => at?.[part], document)
      expect(found, pointer).toBeDefined()
    }
  })

  it('names every operation with its scope, its parameters, and why it may refuse', () => {
    expect(Object.keys(document.paths)).toEqual(operations.map(({ path }) => path))
    for (const { path, scope, id } of operations) {
      const { get } = document.paths[path]
      expect(get).toMatchObject({ operationId: id, security: [{ token: [scope] }] })
      const inPath = get.parameters.filter((one: { in: string }) => one.in === 'path')
      expect(inPath.map(({ name }: { name: string }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
      for (const status of ['200', '304', '400', '401', '403', '404', '406', '429']) {
        expect(get.responses[status], `${path} ${status}`).toBeDefined()
      }
    }
  })

  it('says of parameters what they may be', () => {
    const parameters = document.paths['/metrics'].get.parameters
    const named = (name: string) => parameters.find((one: { name: string }) => one.name === name)
    expect(named('pageSize')).toMatchObject({
      required: false,
      schema: { type: 'integer', maximum: 1000, default: 100 },
    })
    expect(named('from')).toMatchObject({ schema: { type: 'string', pattern: expect.any(String) } })
  })
})
