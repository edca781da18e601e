'use strict';

// @alicloud/pop-core, the vendor's client for RPC-style services.
const { RPCClient } = require('@alicloud/pop-core');

require('./subject.cjs')(({ endpoint, accessKeyId, accessKeySecret }) => {
  const client = new RPCClient({ endpoint: endpoint.origin, accessKeyId, accessKeySecret, apiVersion: '2017-11-11' });
  return (row) => client.request('DoIotChgBindOrUnBind', row, { method: 'POST' });
});
