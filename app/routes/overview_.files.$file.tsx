import { z } from 'zod'
import { guarded, readers } from '../access.server.ts'
import { getOverviewFile } from '../overview-files.server.ts'
import { fileResponse } from '../page-file.server.ts'
import { requiredMonth } from '../reporting-months.server.ts'

const themes = z.enum(['light', 'dark']).catch('light')

/** A chart of the overview as a file, under the filter of the address. */
export const loader = guarded(readers, async ({ request, params }) => {
  const { searchParams } = new URL(request.url)
  const month = await requiredMonth(request)
  const theme = themes.parse(searchParams.get('theme'))
  return fileResponse(await getOverviewFile(searchParams, { file: params.file ?? '', month, theme, now: new Date() }))
})
