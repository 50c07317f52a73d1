/**
 * Writes a bill of materials beside each built package, in the form CycloneDX: the packages that it
 * depends on, bundled or installed beside it, with versions, licences and hashes. `npm run sbom`;
 * the release does so after the build, so that what is published carries it.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'

const npm = (args) =>
  execFileSync('npm', args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const isPublished = (folder) =>
  existsSync(`packages/${folder}/package.json`) &&
  JSON.parse(readFileSync(`packages/${folder}/package.json`, 'utf8')).private !== true

for (const folder of readdirSync('packages').filter(isPublished)) {
  if (!existsSync(`packages/${folder}/dist`)) {
    console.error(`sbom: packages/${folder} is not built; run \`npm run build\` first`)
    process.exit(1)
  }
  const text = npm([
    ...['sbom', '--sbom-format=cyclonedx', '--sbom-type=library', '--omit=dev', '--omit=peer'],
    `--workspace=packages/${folder}`,
  ])
  const { metadata, serialNumber, ...bill } = JSON.parse(text)
  // The same packages give the same file: no time, no number of this run.
  const { timestamp, ...stable } = metadata
  writeFileSync(
    `packages/${folder}/dist/sbom.cdx.json`,
    `${JSON.stringify({ ...bill, metadata: stable }, undefined, 2)}\n`,
  )
}
