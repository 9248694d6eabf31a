// Runs every short training of the module in Node and prints its report, after a test of the
// module's memory.
//   node run.mjs MODULE.wasm
import { readFile } from "node:fs/promises";

const { instance } = await WebAssembly.instantiate(await readFile(process.argv[2]), {});
const engine = instance.exports;
// The address for returned pointers: the far end of the stack, which nothing here reaches.
const cell = 1024;
const bytes = () => new Uint8Array(engine.memory.buffer);

function memory(size, alignment) {
  if (engine.posix_memalign(cell, alignment, size) !== 0) throw Error("no memory");
  return new DataView(engine.memory.buffer).getUint32(cell, true);
}

/** Allocates memory as the engine does; throws if blocks overlap, are misaligned or are lost. */
function tryMemory() {
  let state = 1;
  const draw = (below) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
  const blocks = [];
  let grown = 0;
  for (let round = 0; round < 3; round++) {
    for (let turn = 0; turn < 4000; turn++) {
      if (blocks.length > 0 && draw(2) === 0) {
        release(blocks.splice(draw(blocks.length), 1)[0]);
      } else {
        const size = draw(10) === 0 ? draw(200000) : draw(300);
        const alignment = 16 << draw(4);
        const place = allocate(size, alignment);
        const mark = draw(256);
        bytes().fill(mark, place, place + size);
        blocks.push({ place, size, mark });
      }
    }
    while (blocks.length > 0) release(blocks.splice(draw(blocks.length), 1)[0]);
    // Freed memory is reused: no round needs more than twice the memory of the first.
    if (round === 0) grown = engine.memory.buffer.byteLength;
    else if (engine.memory.buffer.byteLength > 2 * grown) throw Error("freed memory is lost");
  }

  function allocate(size, alignment) {
    const place = memory(size, alignment);
    if (place % alignment !== 0) throw Error(`${place} is not a multiple of ${alignment}`);
    return place;
  }

  function release({ place, size, mark }) {
    if (bytes().subarray(place, place + size).some((byte) => byte !== mark)) {
      throw Error("two blocks overlap");
    }
    engine.free(place);
  }
}

tryMemory();
const count = engine.training_count();
for (let index = 0; index < count; index++) {
  const length = engine.run_training(index);
  const place = memory(length, 16);
  engine.copy_report(place);
  console.log(new TextDecoder().decode(bytes().slice(place, place + length)));
  engine.free(place);
}
