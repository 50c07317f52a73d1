/**
 * Defines the style sheet of the HTML page of a plan, light and dark. It loads no font and no
 * image.
 */
export const style = `
:root { color-scheme: light dark; --line: #8886; --free: #8882; --bad: #c62828; --full: #2e7d32;
  --box: #fff; font: 14px/1.4 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --box: #222; --bad: #ef5350; --full: #66bb6a; } }
body { margin: 1.5rem auto; padding: 0 1rem; max-width: 90rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .7rem; }
h2.bad { color: var(--bad); } h3 { font-size: 1rem; margin: 1rem 0 .4rem; }
.blocks { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .6rem; }
.block { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem;
  min-width: 0; outline-offset: 2px; cursor: default; }
.block.bad { border-color: var(--bad); border-width: 2px; }
.name { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.gauge { display: flex; align-items: center; gap: .4rem; font-size: .65rem; line-height: 1.3; }
.gauge span { flex: 0 0 3.4rem; overflow: hidden; white-space: nowrap; opacity: .75; }
.gauge b { flex: 1; height: .45rem; border-radius: .2rem; background: var(--free); }
.gauge i { display: block; height: 100%; border-radius: .2rem; background: var(--full); }
.gauge i.over { background: var(--bad); }
.why { font-size: .8rem; overflow-wrap: anywhere; }
.pods { display: flex; flex-wrap: wrap; gap: 2px; margin-top: .4rem; }
.pod { flex: 1 1 auto; max-width: 100%; padding: 0 .3rem; border-radius: .2rem; color: #111;
  font-size: .75rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tip { display: none; position: fixed; z-index: 1; right: 1rem; bottom: 1rem; max-width: 30rem;
  max-height: 70vh; overflow: auto; background: var(--box); padding: .7rem 1rem;
  border: 1px solid var(--line); border-radius: .4rem; box-shadow: 0 3px 14px #0006;
  overflow-wrap: anywhere; }
.block:focus .tip { display: block; }
.block:hover .tip { display: block; z-index: 2; }
.tip p { margin: 0 0 .3rem; } .tip ul { margin: 0; padding-left: 1.1rem; }
.many .blocks.machines { grid-template-columns: repeat(auto-fill, minmax(1.4rem, 1fr)); gap: 3px; }
.many .machines .block { padding: 2px; height: 1.4rem; border-radius: .2rem; }
.many .machines .block > .name, .many .machines .block > .pods { display: none; }
.many .machines .gauge span { display: none; }
.many .machines .gauge b { margin: 1px 0; height: .3rem; border-radius: 0; }
details { margin-top: 1rem; } summary { cursor: pointer; }
@media (max-width: 40rem) { .tip { left: .5rem; right: .5rem; bottom: .5rem; max-width: none; } }
`
