'use strict';

// The operation itself, in the query or in a form body.
const call = require('./openapi-call.cjs');
const { operations, report } = require('./operation.cjs');

(async () => {
  for (const operation of operations) {
    const body = await call('DoIotChgBindOrUnBind', '2017-11-11', { [process.env.IOTCARD_PLACEMENT]: operation }, process.env.IOTCARD_METHOD);
    report(body.Code, body.IotModBind?.IsModSuccess ?? false);
  }
})();
