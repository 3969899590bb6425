//! A client that speaks HTTP/1.1: `POST /v2/OP` with the request as body.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::{oneshot, watch};
use zeroize::Zeroizing;

use super::rules::{Peer, Place};
use super::{Either, Shared, first};
use crate::gate::{Answer, BadRequest, LIMIT, Request, Verb};

/// Where the requests are.
const PATH: &str = "/v2/";
/// The longest that a client may take for the head of a request, or be idle.
const HEAD: Duration = Duration::from_mins(1);
/// The longest that it may take for a body.
const BODY: Duration = Duration::from_secs(20);
/// The most bytes of a head.
const BUFFER: usize = 16 * 1024;

type Reply = Response<Full<Bytes>>;

/// Tells a client that there is no room for it.
pub(super) async fn refuse(mut stream: impl AsyncWrite + Unpin) {
    let text = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 5\r\n\r\n";
    stream.write_all(text.as_bytes()).await.ok();
}

/// Answers one request after another until the client goes, or the server ends.
pub(super) async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    peer: Peer,
    shared: &Arc<Shared>,
    mut stopped: watch::Receiver<bool>,
    _place: Place,
) {
    let service =
        service_fn(
            |request| async move { Ok::<_, Infallible>(reply_to(request, peer, shared).await) },
        );
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    if let Either::Second(_) = first(connection.as_mut(), stopped.changed()).await {
        // What is being answered still is.
        connection.as_mut().graceful_shutdown();
        connection.await.ok();
    }
}

async fn reply_to(request: hyper::Request<Incoming>, peer: Peer, shared: &Arc<Shared>) -> Reply {
    let verb = request
        .uri()
        .path()
        .strip_prefix(PATH)
        .and_then(Verb::parse);
    let Some(verb) = verb else {
        let bad = BadRequest::new("the path is not /v2/ and the name of a request");
        return reply(StatusCode::NOT_FOUND, &Answer::bad_request(&bad));
    };
    if request.method() != Method::POST {
        let bad = BadRequest::new("the method is not POST");
        let mut reply = reply(StatusCode::METHOD_NOT_ALLOWED, &Answer::bad_request(&bad));
        reply
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("POST"));
        return reply;
    }
    let answer = match tokio::time::timeout(BODY, body(request.into_body())).await {
        Ok(Ok(bytes)) => {
            let panel = shared.rules().panel.clone();
            match Request::parse_with_panel(verb, panel.as_deref(), &bytes) {
                Ok(request) => return ask(request, peer, shared).await,
                Err(bad) => Answer::bad_request(&bad),
            }
        }
        Ok(Err(bad)) => Answer::bad_request(&bad),
        Err(_) => Answer::bad_request(&BadRequest::new("it did not come in time")),
    };
    reply(StatusCode::BAD_REQUEST, &answer)
}

async fn body(body: Incoming) -> Result<Zeroizing<Vec<u8>>, BadRequest> {
    let mut body = Limited::new(body, LIMIT);
    // Allocated at full size: growing would leave a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LIMIT));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            if error.is::<http_body_util::LengthLimitError>() {
                BadRequest::too_long()
            } else {
                BadRequest::new("it is incomplete")
            }
        })?;
        if let Ok(data) = frame.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

async fn ask(request: Request, peer: Peer, shared: &Arc<Shared>) -> Reply {
    let (sender, receiver) = oneshot::channel();
    shared.submit(peer, request, move |answer: &Answer| {
        sender.send(reply(status_of(answer), answer)).ok();
    });
    receiver.await.unwrap_or_else(|_| {
        let answer = Answer::unavailable("the server has ended");
        reply(StatusCode::SERVICE_UNAVAILABLE, &answer)
    })
}

fn status_of(answer: &Answer) -> StatusCode {
    match answer.word() {
        "throttled" => StatusCode::TOO_MANY_REQUESTS,
        "bad-request" => StatusCode::BAD_REQUEST,
        "unavailable" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::OK,
    }
}

fn reply(status: StatusCode, answer: &Answer) -> Reply {
    let line = answer
        .to_line(None)
        .map(|line| Bytes::copy_from_slice(&line));
    let mut reply = Response::new(Full::new(line.unwrap_or_default()));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = answer.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    reply
}
