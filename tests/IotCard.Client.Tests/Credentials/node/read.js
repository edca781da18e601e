'use strict';

// Prints the credential that the official library's default chain gives.
const { default: Credential } = require('@alicloud/credentials');

new Credential().getCredential().then(
  (c) => console.log(JSON.stringify([c.accessKeyId, c.accessKeySecret, c.securityToken || null])),
  (e) => {
    console.error(e.message);
    process.exitCode = 1;
  });
