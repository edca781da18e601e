'use strict';

// @alicloud/pop-core: HMAC-SHA1; GET with everything in the query, or POST with everything in the form body.
const { RPCClient } = require('@alicloud/pop-core');
const { endpoint, accessKeyId, accessKeySecret, securityToken, operations, report } = require('./operation.cjs');

const client = new RPCClient({ endpoint: endpoint.origin, accessKeyId, accessKeySecret, securityToken, apiVersion: '2017-11-11' });

(async () => {
  for (const operation of operations) {
    try {
      const answer = await client.request('DoIotChgBindOrUnBind', operation, { method: process.env.IOTCARD_METHOD });
      report(answer.Code, answer.IotModBind.IsModSuccess);
    } catch (error) {
      if (!error.data) throw error;
      report(error.data.Code, false);
    }
  }
})();
