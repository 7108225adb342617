import type { RegisteredType } from '#governance/registry/registered-type.ts'

/** Names of the registered types of an area. */
export function typesOfArea(
  area: string,
  registered: readonly Pick<RegisteredType, 'interactionType' | 'area'>[],
): string[] {
  return registered.filter((type) => type.area === area).map(({ interactionType }) => interactionType)
}
