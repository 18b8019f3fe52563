-- Renders the files 1.md, 2.md … of a folder as 1.html, 2.html …, each as a document of its own.
function Pandoc(asked)
  local folder, dialect, count = asked.meta.folder, asked.meta.dialect, asked.meta.count
  local options = pandoc.WriterOptions({wrap_text = 'wrap-none'})
  for number = 1, tonumber(count) do
    local markdown = io.open(folder .. '/' .. number .. '.md', 'rb')
    local read = pandoc.read(markdown:read('a'), dialect)
    markdown:close()
    local html = io.open(folder .. '/' .. number .. '.html', 'wb')
    html:write(pandoc.write(read, 'html5', options))
    html:close()
  end
end
