'use strict';

// @alicloud/openapi-client, the generic client of the newest generation: ACS3-HMAC-SHA256, the action's own parameters
// in the query of an empty POST, or in a form body.
const { default: Client, Config, OpenApiRequest, Params } = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');
const { endpoint, accessKeyId, accessKeySecret, securityToken, operations, report } = require('./operation.cjs');

const client = new Client(new Config({ protocol: 'http', endpoint: endpoint.host, accessKeyId, accessKeySecret, securityToken }));
const action = new Params({
  action: 'DoIotChgBindOrUnBind',
  version: '2017-11-11',
  protocol: 'HTTP',
  pathname: '/',
  method: process.env.IOTCARD_METHOD,
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
});

(async () => {
  for (const operation of operations) {
    try {
      const request = new OpenApiRequest({ [process.env.IOTCARD_PLACEMENT]: operation });
      const { body } = await client.callApi(action, request, new RuntimeOptions({}));
      report(body.Code, body.IotModBind.IsModSuccess);
    } catch (error) {
      if (!error.data) throw error;
      report(error.data.Code, false);
    }
  }
})();
