/** Algorithm and parameters of a PHC string such as $argon2id$v=19$m=19456,t=2,p=1$salt$hash. */
export function parsePhc(text: string): Record<string, string> {
  const [, algorithm = '', version = '', parameters = ''] = text.split('$')
  return {
    algorithm,
    ...Object.fromEntries([version, ...parameters.split(',')].map((pair) => pair.split('=') as [string, string])),
  }
}
