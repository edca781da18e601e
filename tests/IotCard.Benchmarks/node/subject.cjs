'use strict';

// A client as a subject of the benchmarks: reads one iteration per line, keeps as many requests in flight as it allows, and
// writes one result per line. It measures inside its own process, like the other subjects.
const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

function readRows(path) {
  const [, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => {
    const [Iccid, Imei, NewImei] = line.split(',');
    return { Iccid, OpionType: 'chgBind', Imei, NewImei };
  });
}

async function run({ endpoint, rowsPath, inFlight, accessKeyId, accessKeySecret }, createSend) {
  const send = createSend({ endpoint: new URL(endpoint), accessKeyId, accessKeySecret });
  const rows = readRows(rowsPath);
  let next = 0;
  const work = async () => {
    while (next < rows.length) {
      await send(rows[next++]);
    }
  };
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: inFlight }, work));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

// createSend takes the endpoint and the AccessKey, and returns a function that sends a row.
module.exports = async function serve(createSend) {
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      console.log(JSON.stringify({ value: await run(JSON.parse(line), createSend) }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  }
};
