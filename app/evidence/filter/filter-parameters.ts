/** The parameters of the address by what they choose, in the order in which pages name them. */
export const filterParameters = {
  area: 'area',
  channel: 'channel',
  customerTier: 'customers',
  aiVersion: 'version',
} as const
