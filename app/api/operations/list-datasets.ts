import { z } from 'zod'
import { describedDatasets } from '../../described-datasets.server.ts'
import { datasetNames } from '../../exports/datasets.ts'
import { exportFormats } from '../../exports/export-format.ts'
import { snapshot } from '../fields.ts'
import { jsonOperation, none } from '../operation.ts'
import { servedSnapshot } from '../served-snapshot.ts'

/** What can be taken along, with its dictionary. */
export const listDatasets = jsonOperation({
  id: 'listDatasets',
  path: '/datasets',
  scope: 'datasets:read',
  summary: 'The datasets of the served snapshot, with their columns',
  description: 'Each can be fetched whole from its href in every format.',
  params: none,
  query: none,
  response: z.object({
    snapshot,
    datasets: z.array(
      z.object({
        name: z.enum(datasetNames),
        description: z.string(),
        rowCount: z.int(),
        href: z.string(),
        formats: z.array(z.enum(exportFormats)),
        columns: z.array(
          z.object({
            name: z.string(),
            type: z.string(),
            description: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
  async answer() {
    const datasets = await describedDatasets()
    return {
      snapshot: await servedSnapshot(),
      datasets: datasets.map((dataset) => ({
        ...dataset,
        columns: [...dataset.columns],
        href: `/api/v1/datasets/${dataset.name}/rows`,
        formats: [...exportFormats],
      })),
    }
  },
})
