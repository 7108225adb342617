/** Points of the drawing become so many pixels of the picture, for print and large screens. */
const scale = 2

/** Turns the SVG file at an address into a PNG of the same name and hands it to the browser to save. Rejects when it cannot be fetched or drawn. */
export async function savePng(svgHref: string): Promise<void> {
  const answer = await fetch(svgHref)
  if (!answer.ok) throw new Error(`The chart cannot be fetched: ${answer.status}.`)
  const name = /filename="(.+)\.svg"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'oversight-chart'
  const source = URL.createObjectURL(new Blob([await answer.text()], { type: 'image/svg+xml' }))
  try {
    const picture = new Image()
    picture.src = source
    await picture.decode()
    const canvas = document.createElement('canvas')
    canvas.width = picture.naturalWidth * scale
    canvas.height = picture.naturalHeight * scale
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (blob === null) throw new Error('The chart cannot be drawn as a picture.')
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `${name}.png`
    link.click()
    URL.revokeObjectURL(link.href)
  } finally {
    URL.revokeObjectURL(source)
  }
}
