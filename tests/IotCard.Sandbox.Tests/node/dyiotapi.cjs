'use strict';

// @alicloud/dyiotapi20171111, the product's own client: HMAC-SHA1, the common parameters in the query and the action's
// own in a chunked form body.
const { default: Client, DoIotChgBindOrUnBindRequest } = require('@alicloud/dyiotapi20171111');
const { Config } = require('@alicloud/openapi-client');
const { endpoint, accessKeyId, accessKeySecret, securityToken, operations, report } = require('./operation.cjs');

const client = new Client(new Config({ protocol: 'http', endpoint: endpoint.host, accessKeyId, accessKeySecret, securityToken }));

(async () => {
  for (const { Iccid, OpionType, Imei, NewImei } of operations) {
    try {
      const request = new DoIotChgBindOrUnBindRequest({ iccid: Iccid, opionType: OpionType, imei: Imei, newImei: NewImei });
      const { body } = await client.doIotChgBindOrUnBind(request);
      report(body.code, body.iotModBind.isModSuccess);
    } catch (error) {
      if (!error.data) throw error;
      report(error.data.Code, false);
    }
  }
})();
