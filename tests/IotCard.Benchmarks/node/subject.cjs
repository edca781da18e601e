'use strict';

// A client as a subject of the benchmarks: reads one iteration per line, keeps as many requests in flight as it allows, and
// writes one result per line. It measures inside its own process, like the other subjects.
const { createInterface } = require('node:readline');

function withCheckDigit(digits) {
  let sum = 0;
  for (let i = digits.length - 1, doubled = true; i >= 0; i--, doubled = !doubled) {
    const digit = digits.charCodeAt(i) - 48;
    sum += doubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return digits + ((10 - (sum % 10)) % 10);
}

// The same numbers as IotCard.Sandbox.SyntheticNumbers.
const iccid = (n) => withCheckDigit('898604' + String(n).padStart(13, '0'));
const imei = (n) => withCheckDigit(String(86000000 + Math.floor(n / 1000000)) + String(n % 1000000).padStart(6, '0'));

async function run({ endpoint, workload: { cards }, inFlight, accessKeyId, accessKeySecret }, createSend) {
  const send = createSend({ endpoint: new URL(endpoint), accessKeyId, accessKeySecret });
  const rows = Array.from({ length: cards }, (_, i) => ({ Iccid: iccid(i), OpionType: 'chgBind', Imei: imei(i), NewImei: imei(cards + i) }));
  let next = 0;
  const work = async () => {
    while (next < cards) {
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
