/** Bare node:http: parses the body, builds the answer, serialises it. node raw.js PORT */

import { createServer } from 'node:http';
import { answer, health } from './constant.js';

const routes = {
  'GET /health': () => [200, health],
  'POST /predict': (text) => [200, answer(JSON.parse(text))],
};

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const [status, body] = routes[`${request.method} ${request.url}`](Buffer.concat(chunks).toString());
    const text = JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
