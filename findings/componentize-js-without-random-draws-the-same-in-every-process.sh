#!/usr/bin/env bash
# A component that componentize-js builds with the features `random` and `clocks` disabled has no import
# for either, as asked, but its functions do not fail either: crypto.randomUUID() and Math.random()
# answer the same values in every process and in every build, and the time stands still at the moment
# of the build. An identifier that is meant to be unique is then the same everywhere.
# Seen with componentize-js 0.23.0 and jco 1.35.0.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" && npm init -y >/dev/null && npm pkg set type=module &&
  npm install --no-audit --no-fund @bytecodealliance/componentize-js@0.23.0 @bytecodealliance/jco@1.35.0 >/dev/null || exit 2
cat > world.wit <<'WIT'
package probe:draw@0.1.0;
world draw {
  export draw: func() -> string;
  export now: func() -> string;
}
WIT
cat > draw.js <<'JS'
export const draw = () => `${crypto.randomUUID()} ${Math.random()}`
export const now = () => new Date().toISOString()
JS
cat > build.mjs <<'JS'
import { componentize } from '@bytecodealliance/componentize-js'
import { writeFile } from 'node:fs/promises'
const disableFeatures = ['random', 'clocks', 'stdio', 'http', 'fetch-event']
const { component, imports } = await componentize({
  ...{ sourcePath: 'draw.js', witPath: 'world.wit', worldName: 'draw', disableFeatures },
})
await writeFile(`${process.argv[2]}.wasm`, component)
console.log(`build ${process.argv[2]}: ${imports.length} imports`)
JS
cat > run.mjs <<'JS'
const { draw, now } = await import(`./${process.argv[2]}/${process.argv[2]}.js`)
console.log(`${draw()} ${now()}`)
JS
for name in one two; do
  node build.mjs $name && npx jco transpile $name.wasm -o $name >/dev/null || exit 2
done
first=$(node run.mjs one); sleep 1; again=$(node run.mjs one); other=$(node run.mjs two)
printf 'componentize-js 0.23.0\nbuild one, process 1: %s\nbuild one, process 2: %s\nbuild two, process 3: %s\n' "$first" "$again" "$other"
[ "$first" = "$again" ] && [ "${first% *}" = "${other% *}" ] && [ "${first##* }" != "${other##* }" ]
