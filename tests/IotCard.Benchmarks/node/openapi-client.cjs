'use strict';

// @alicloud/openapi-client, the generic client of the vendor's newest generation.
const { default: Client, Config, OpenApiRequest, Params } = require('@alicloud/openapi-client');
const { RuntimeOptions } = require('@alicloud/tea-util');

const action = new Params({
  action: 'DoIotChgBindOrUnBind',
  version: '2017-11-11',
  protocol: 'HTTP',
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
});

require('./subject.cjs')(({ endpoint, accessKeyId, accessKeySecret }) => {
  const client = new Client(new Config({ protocol: 'http', endpoint: endpoint.host, accessKeyId, accessKeySecret }));
  const options = new RuntimeOptions({});
  return (query) => client.callApi(action, new OpenApiRequest({ query }), options);
});
