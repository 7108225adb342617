import type { Page } from 'playwright-core'

/**
 * What cannot be read of a page that is at its top: words cut off by a box that does not scroll, words over other words,
 * and how far the page itself scrolls sideways.
 */
export function textFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Box {
      left: number
      right: number
      top: number
      bottom: number
    }
    /** What an element does to words that go over it. */
    type Edges = 'open' | 'hidden' | { bounds: Box; cutX: boolean; cutY: boolean }
    const faults: string[] = []
    const sideways = document.documentElement.scrollWidth - innerWidth
    if (sideways > 0) faults.push(`scrolls sideways by ${sideways} px`)

    /** Only for the ears: drawn as a point. */
    const isForEars = (element: Element) => element.closest('.hidden, .skip, script, style, title, option') !== null
    const knownEdges = new Map<Element, Edges>()
    const shown: { text: string; node: Node; box: Box }[] = []
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const element = node.parentElement
      const text = (node.textContent ?? '').trim()
      if (element === null || text === '' || isForEars(element)) continue
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      // The words of a drawing that is not shown count as visible all the same.
      if (element.getClientRects().length === 0) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        if (rect.width < 1 || rect.height < 1) continue
        const box = clipped(element, rect, text)
        if (box !== null) shown.push({ text, node, box })
      }
    }

    shown.sort((one, other) => one.box.top - other.box.top)
    for (const [index, { text, node, box }] of shown.entries()) {
      for (let next = index + 1; next < shown.length; next += 1) {
        const other = shown[next]
        if (other === undefined || other.box.top >= box.bottom) break
        if (other.node === node) continue
        const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
        const height = Math.min(box.bottom, other.box.bottom) - other.box.top
        const least = Math.min(box.bottom - box.top, other.box.bottom - other.box.top)
        if (width > 2 && height > 0.4 * least) faults.push(`over each other: "${text}" and "${other.text}"`)
      }
    }
    return [...new Set(faults)]

    function edgesOf(element: Element): Edges {
      const known = knownEdges.get(element)
      if (known !== undefined) return known
      const { overflowX, overflowY, clipPath } = getComputedStyle(element)
      const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
      const edges: Edges = clipPath.startsWith('inset(50%')
        ? 'hidden'
        : overflowX === 'visible' && overflowY === 'visible'
          ? 'open'
          : { bounds: element.getBoundingClientRect(), cutX: cuts(overflowX), cutY: cuts(overflowY) }
      knownEdges.set(element, edges)
      return edges
    }

    /** What is left of the box inside the boxes around it; null where nothing is, or it can be scrolled to. */
    function clipped(element: Element, rect: DOMRect, text: string): Box | null {
      const box: Box = { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom }
      for (let around: Element | null = element; around !== null; around = around.parentElement) {
        if (around === document.body) break
        const edges = edgesOf(around)
        if (edges === 'hidden') return null
        if (edges === 'open') continue
        const { bounds, cutX, cutY } = edges
        // A line is higher than its letters.
        const air = 0.2 * rect.height
        const isCut =
          (cutX && (box.left < bounds.left - 1 || box.right > bounds.right + 1)) ||
          (cutY && (box.top < bounds.top - air || box.bottom > bounds.bottom + air))
        if (isCut) faults.push(`cut off: "${text}"`)
        box.left = Math.max(box.left, bounds.left)
        box.right = Math.min(box.right, bounds.right)
        box.top = Math.max(box.top, bounds.top)
        box.bottom = Math.min(box.bottom, bounds.bottom)
        if (box.right - box.left < 1 || box.bottom - box.top < 1) return null
      }
      return box
    }
  })
}
