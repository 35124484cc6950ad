-- wrk's side of load.ts: posts the lines of a file in turn, reports as JSON.

function init(args)
  local requests, at = {}, 0
  wrk.method = 'POST'
  for line in io.lines(args[1]) do
    wrk.body = wrk.body or line
    requests[#requests + 1] = wrk.format(nil, nil, nil, line)
  end
  -- One body is cheaper to send without a function.
  if #requests > 1 then
    request = function()
      at = at % #requests + 1
      return requests[at]
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"failed":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
