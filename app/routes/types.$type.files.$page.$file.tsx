import { z } from 'zod'
import { guarded, readers } from '../access.server.ts'
import { fileResponse } from '../page-file.server.ts'
import { requiredMonth } from '../reporting-months.server.ts'
import { getTypeFile } from '../type-files.server.ts'
import { typeFilter } from '../type-scope.server.ts'

const themes = z.enum(['light', 'dark']).catch('light')

/** A chart or table of a type's pages as a file. */
export const loader = guarded(readers, async ({ request, params }) => {
  const { searchParams } = new URL(request.url)
  const file = await getTypeFile({
    interactionType: params.type ?? '',
    page: params.page ?? '',
    file: params.file ?? '',
    month: await requiredMonth(request),
    filter: typeFilter(searchParams),
    theme: themes.parse(searchParams.get('theme')),
    now: new Date(),
  })
  return fileResponse(file)
})
