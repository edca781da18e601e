'use strict';

// What to do, from the environment: the endpoint, the AccessKey and the operations as JSON.
module.exports = {
  endpoint: new URL(process.env.IOTCARD_ENDPOINT),
  accessKeyId: process.env.IOTCARD_ACCESS_KEY_ID,
  accessKeySecret: process.env.IOTCARD_ACCESS_KEY_SECRET,
  securityToken: process.env.IOTCARD_SECURITY_TOKEN,
  operations: JSON.parse(process.env.IOTCARD_OPERATIONS),

  // One line of JSON for each answer.
  report(code, success) {
    console.log(JSON.stringify({ code, success }));
  },
};
