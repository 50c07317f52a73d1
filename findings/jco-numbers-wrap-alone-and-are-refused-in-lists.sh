#!/usr/bin/env bash
# A number that does not fit the type of a component's parameter is refused inside a list and wraps
# outside of one: -1 for a u32 arrives as 4,294,967,295, 1.9 as 1, text as 0, and a field that a
# record lacks as 0 or false, while the same values in a list<u32> throw a TypeError. A misspelt
# amount of a machine or of a task is then a zero that nobody asked for.
# Seen with jco 1.35.0 on Node; the component is made by componentize-js 0.23.0.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" && npm init -y >/dev/null && npm pkg set type=module &&
  npm install --no-audit --no-fund @bytecodealliance/componentize-js@0.23.0 @bytecodealliance/jco@1.35.0 >/dev/null || exit 2
cat > world.wit <<'WIT'
package probe:amounts@0.1.0;
world amounts {
  record machine { name: string, cpu: u32, spot: bool }
  export single: func(amount: u32) -> string;
  export several: func(amounts: list<u32>) -> string;
  export shape: func(value: machine) -> string;
}
WIT
cat > amounts.js <<'JS'
export const single = String
export const several = (amounts) => Array.from(amounts).join()
export const shape = ({ name, cpu, spot }) => `${name} cpu=${cpu} spot=${spot}`
JS
cat > build.mjs <<'JS'
import { componentize } from '@bytecodealliance/componentize-js'
import { writeFile } from 'node:fs/promises'
const disableFeatures = ['random', 'clocks', 'stdio', 'http', 'fetch-event']
const { component } = await componentize({
  ...{ sourcePath: 'amounts.js', witPath: 'world.wit', worldName: 'amounts', disableFeatures },
})
await writeFile('amounts.wasm', component)
JS
node build.mjs && npx jco transpile amounts.wasm -o out >/dev/null || exit 2
cat > run.mjs <<'JS'
const { single, several, shape } = await import('./out/amounts.js')
const answer = (call) => { try { return call() } catch (error) { return error.name } }
const values = [-1, 1.9, 'many']
const alone = values.map((value) => answer(() => single(value)))
const listed = values.map((value) => answer(() => several([value])))
const lacking = answer(() => shape({ name: 'a' }))
console.log('jco 1.35.0')
values.forEach((value, at) => console.log(`${value}: alone ${alone[at]}, in a list ${listed[at]}`))
console.log('a record with its name alone:', lacking)
const same = alone.join() === '4294967295,1,0' && listed.every((text) => text === 'TypeError')
process.exit(same && lacking === 'a cpu=0 spot=false' ? 0 : 1)
JS
node run.mjs
