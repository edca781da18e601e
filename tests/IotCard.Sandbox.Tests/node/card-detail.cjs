'use strict';

// GetCardDetail of the successor product, for each card.
const call = require('./openapi-call.cjs');
const { operations } = require('./operation.cjs');

(async () => {
  for (const query of operations) {
    const body = await call('GetCardDetail', '2021-05-20', { query });
    const card = body.Success ? body.Data.VsimCardInfo : {};
    console.log(JSON.stringify({ code: body.Code, status: card.Status, imei: card.DeviceImei }));
  }
})();
