@echo off
chcp 65001 >nul
cd /d "%~dp0"
py -3.11 -c "" >nul 2>nul
if errorlevel 1 goto nopython
py -3.11 -P program\desktop\building\install.py %*
set CODE=%errorlevel%
pause
exit /b %CODE%
:nopython
echo Máy chưa có Python 3.11 (64-bit): hãy cài từ python.org rồi chạy lại tệp này.
pause
exit /b 3
