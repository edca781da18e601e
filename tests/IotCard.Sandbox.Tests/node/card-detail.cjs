'use strict';

// @alicloud/openapi-client, calling the successor product: GetCardDetail for each card.
const { default: Client, Config, OpenApiRequest, Params } = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');
const { endpoint, accessKeyId, accessKeySecret, securityToken, operations } = require('./operation.cjs');

const client = new Client(new Config({ protocol: 'http', endpoint: endpoint.host, accessKeyId, accessKeySecret, securityToken }));
const action = new Params({
  action: 'GetCardDetail',
  version: '2021-05-20',
  protocol: 'HTTP',
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
});

(async () => {
  for (const query of operations) {
    const { body } = await client.callApi(action, new OpenApiRequest({ query }), new RuntimeOptions({}));
    const card = body.Success ? body.Data.VsimCardInfo : {};
    console.log(JSON.stringify({ code: body.Code, status: card.Status, imei: card.DeviceImei }));
  }
})();
