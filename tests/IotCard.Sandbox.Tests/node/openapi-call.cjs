'use strict';

// @alicloud/openapi-client, the generic client of the newest generation: ACS3-HMAC-SHA256, the parameters in the query of
// an empty request, or in a form body.
const { default: Client, Config, OpenApiRequest, Params } = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');
const { endpoint, accessKeyId, accessKeySecret, securityToken } = require('./operation.cjs');

const client = new Client(new Config({ protocol: 'http', endpoint: endpoint.host, accessKeyId, accessKeySecret, securityToken }));

// Calls an action; gives its body, or the body of the gateway's refusal.
module.exports = async function call(action, version, request, method = 'POST') {
  const params = new Params({
    action, version, method, protocol: 'HTTP', pathname: '/', authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
  });
  try {
    return (await client.callApi(params, new OpenApiRequest(request), new RuntimeOptions({}))).body;
  } catch (error) {
    if (!error.data) throw error;
    return error.data;
  }
};
