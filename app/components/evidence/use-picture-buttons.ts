import { useEffect } from 'react'
import { savePng } from '../../charts/save-png.ts'

/** Buttons with data-picture-of (the address of a chart's SVG) save it as PNG. */
export function usePictureButtons(): void {
  useEffect(() => {
    function save(event: MouseEvent): void {
      const button = (event.target as Element).closest<HTMLElement>('button[data-picture-of]')
      if (button === null) return
      savePng(button.dataset.pictureOf ?? '').catch(() => {
        button.textContent = 'PNG failed, take SVG'
      })
    }
    document.addEventListener('click', save)
    return () => document.removeEventListener('click', save)
  }, [])
}
