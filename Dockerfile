# Wenbao in a container: page and API on port 7860, the archive in /data. See docs/deploy.md.
FROM python:3.11-slim

RUN useradd --create-home wenbao && mkdir /data && chown wenbao /data
WORKDIR /opt/wenbao
COPY requirements.txt ./
# The default build of torch brings gigabytes of CUDA that nothing here uses.
RUN pip install --no-cache-dir torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu \
 && pip install --no-cache-dir -r requirements.txt
COPY index ./index
COPY qa ./qa
COPY seeds ./seeds
COPY app.py ./

USER wenbao
ENV PYTHONUTF8=1 WENBAO_ARCHIVE=/data/archive
VOLUME /data
EXPOSE 7860
HEALTHCHECK --start-period=60s CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/ready', timeout=4)"
# Without WENBAO_KEY it refuses to start, because 0.0.0.0 can be reached by others.
CMD ["python", "app.py", "--host", "0.0.0.0", "--no-browser"]
