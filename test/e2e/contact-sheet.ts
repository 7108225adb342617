export interface ContactSheetRow {
  /** Path of the page. */
  name: string
  visitor: string
  pictures: { file: string; title: string }[]
}

/** A page with every picture, small, beside the other widths and themes of the same page. */
export function contactSheet(rows: readonly ContactSheetRow[]): string {
  const sections = rows.map(
    ({ name, visitor, pictures }) => `<section><h2>${escaped(name)} <small>as ${escaped(visitor)}</small></h2><div>
${pictures.map(({ file, title }) => `<a href="${file}"><img loading="lazy" src="${file}" alt="${title}"><span>${title}</span></a>`).join('\n')}
</div></section>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page of Oversight</title>
<style>
body { font: 14px/1.5 sans-serif; margin: 24px; background: #808080; color: #000 }
h2 { font-size: 16px; margin: 32px 0 8px } small { font-weight: normal }
div { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }
a { display: grid; color: inherit; text-decoration: none }
img { width: 300px; height: 400px; object-fit: cover; object-position: top; background: #fff }
</style>
<h1>${rows.length} pages</h1>
${sections.join('\n')}
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
