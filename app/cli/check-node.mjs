// Plain JavaScript of long ago: it has to run on the very versions of Node that it turns away.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`oversight: this is Node ${process.versions.node}, which cannot run Oversight (22.18 or newer is needed).

The npm package "node" among the dependencies brings the right one, through its install script. That script did not run:
install scripts are switched off here, or "npm ci" has not been run. Do one of these:

  npm ci --ignore-scripts=false   installs with scripts, so that npm uses the Node that comes along
  or install Node 22.18 or newer yourself (24 is what Oversight is tested with)
`)
  process.exit(1)
}
