'use strict';

// The generic client of the newest generation, with LookupEvents of the audit trail: an empty POST with everything in the
// query, as the typed client of that product sends it.
const { default: Client, Config, OpenApiRequest, Params } = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');
const { endpoint, accessKeyId, accessKeySecret, securityToken, operations } = require('./operation.cjs');

const client = new Client(new Config({ protocol: 'http', endpoint: endpoint.host, accessKeyId, accessKeySecret, securityToken }));
const action = new Params({
  action: 'LookupEvents',
  version: '2020-07-06',
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
    try {
      const { body } = await client.callApi(action, new OpenApiRequest({ query }), new RuntimeOptions({}));
      console.log(JSON.stringify(body.Events.map(event => ({
        iccid: event.requestParameters.Iccid,
        code: event.responseElements.Code,
        error: event.errorCode,
        success: event.responseElements.IotModBind.IsModSuccess,
      }))));
    } catch (error) {
      if (!error.data) throw error;
      console.log(JSON.stringify({ code: error.data.Code }));
    }
  }
})();
