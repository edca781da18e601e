'use strict';

// LookupEvents of the audit trail, for each query.
const call = require('./openapi-call.cjs');
const { operations } = require('./operation.cjs');

(async () => {
  for (const query of operations) {
    const body = await call('LookupEvents', '2020-07-06', { query });
    console.log(JSON.stringify(body.Events ? body.Events.map(event => ({
      iccid: event.requestParameters.Iccid,
      code: event.responseElements.Code,
      error: event.errorCode,
      success: event.responseElements.IotModBind.IsModSuccess,
    })) : { code: body.Code }));
  }
})();
