import { launchBrowser } from '/work/main/test/e2e/browser.ts'
const [file, top, height, out, w=1440] = process.argv.slice(2)
const b = await launchBrowser(); const p = await (await b.newContext({viewport:{width:Number(w),height:Number(height)}})).newPage()
const { writeFileSync } = await import('node:fs')
writeFileSync('/tmp/sheets/crop.html', `<body style="margin:0;overflow:hidden"><img src="file://${file}" style="margin-top:-${top}px">`)
await p.goto('file:///tmp/sheets/crop.html'); await p.waitForLoadState('networkidle'); await p.screenshot({path: out}); await b.close()
