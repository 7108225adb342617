import type { FileHref } from '../../components/evidence/chart-saves.tsx'
import { typeHref } from '../rows-href.ts'

/** Where the charts and tables of one page of a type are as files. */
export function typeFileHref(
  interactionType: string,
  page: 'summary' | 'outcomes' | 'charts' | 'confidence',
  search: string,
): FileHref {
  return (id, ending) => `${typeHref(interactionType)}/files/${page}/${encodeURIComponent(id)}.${ending}${search}`
}
