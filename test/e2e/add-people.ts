import { oversight } from './run-oversight.ts'

interface People {
  /** First part of an address to a role. */
  roles: Readonly<Record<string, string>>
  domain: string
  password: string
}

/** The people of a home that is no demonstration, made on its command line. */
export function addPeople(home: string, { roles, domain, password }: People): void {
  for (const [name, role] of Object.entries(roles)) {
    oversight(['user', 'add', '--email', `${name}@${domain}`, '--name', name, '--role', role, '--home', home], {
      OVERSIGHT_PASSWORD: password,
    })
  }
}
